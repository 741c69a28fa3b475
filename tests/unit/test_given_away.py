"""Passwords and personal data are found where they are given away, and not where they are not."""

from __future__ import annotations

import pytest

from report_builder.checks.passwords import secrets_in
from report_builder.checks.personal import pieces_in

PASSWORDS = """
場地 Wifi 帳號：Guest 密碼：20260105
Le mot de passe : Salle2026 est affiché à l'entrée.
Cyfrinair y wifi: Neuadd2026
La contraseña del wifi: sala2026
La clave del wifi es sala2026
Wifi code: Hall2026
The password is Rainbow42 for the slides.
The password is: Luton2040.
The passcode is rainbow.
Wi-Fi password: rainbow
**Password:** `abc123`
Passcode: 023714
PIN: 4521
Door code 4521#
The code for the door is 4521.
Access code = 98765
Wifi: Guest, password Rainbow22
The guest network key is A1B2C3
(password: `hall2026venue`)
Das Kennwort lautet Sommer.
WLAN-Schlüssel: Sommer2026
Hasło do wifi: Wiosna2026
Kod dostępu: 8812
Parola: Sala2026
Wachtwoord: Zaal2026
Jelszó: Terem2026
Senha: Sala2026
Cod mynediad: 4411
Le code wifi est Soleil2026
Code d'accès : 4589A
Пароль: Zal2026
পাসওয়ার্ড: Ghor2026
পাসওয়ার্ড Ghor2026
پاس ورڈ: Kamra2026
پاس ورڈ Kamra2026 ہے
ਪਾਸਵਰਡ: Kamra2026
पासवर्ड: Kamra2026
كلمة المرور: Qaa2026
會場密碼：hall2026
パスワード：sakura2026
| Password | Rainbow42 |
"""
NO_PASSWORDS = """
The password policy was discussed in 2024.
Postcode: LU1 2BQ
The code of conduct: 2026 edition
Dress code: smart casual
Dress code: black
A password is required.
Passwords: how to choose one
Password reset for 200 users was slow.
Password: required.
Le mot de passe est obligatoire.
Das Kennwort ist Pflicht.
Palabras clave: salud2026
Hasło: Razem dla zdrowia
Hasło roku: solidarność
We changed the password for Office365 accounts.
Use a password manager such as 1Password.
QR code: scan it
Discount code: none
Your password is safe.
The pin is on the board.
The door code was changed in 2024.
Ask staff for the wifi password.
La parole : M. Petit ouvre la séance
The access code is sent by email.
Password strength: 12 characters
Cyfrinair: gofynnwch
密碼請洽工作人員
Wifi code: see the wall
Entry code: ask at reception
The meeting code is the same as 2023.
See https://www.example.org/?password=abc123
| Password | Wanted by |
"""
PERSONAL = """
An e-mail address: write to jo_b@one.example
An e-mail address: jo (at) one.example
A telephone number: ring 01582 546000
A telephone number: (01582) 546 000
A telephone number: 020 7946 0018 is mine
A telephone number: +44 7700 900123
A telephone number: 07700900456
A postcode: I live at LU1 2BQ
A postcode: the bins in lu12bq
A home address: 12 Acacia Road is damp
A home address: 14a, Old Bedford Road
An NHS number: my number is 943 476 5919
An NHS number: NHS no 987 654 4321
A National Insurance number: AB123456C
A date of birth: born 12/03/1961
A date of birth: née le 3 mai 1970
"""
ORDINARY = """
more GP appointments
open 24/7
buses on the A505 and the M1
£10,000 by 2030
from 9am to 5pm
ring 111 or 999
near St Mary's
999 Marsh Farm St Mary's
5G and CO2
Section 106 and form B1
info@council.example or events@council.example
the helpline, 0800 1111 or 0300 123 4567
born in 1961 and bred here
reference 0123456789/24
10.30 to 11.45
100 people in 3 streets
"""


@pytest.mark.parametrize("text", PASSWORDS.strip().splitlines())
def test_a_password_is_found_in_the_words_of_its_language(text: str) -> None:
    assert secrets_in(text)


@pytest.mark.parametrize("text", NO_PASSWORDS.strip().splitlines())
def test_what_gives_no_password_away_is_passed_over(text: str) -> None:
    assert not secrets_in(text)


@pytest.mark.parametrize("line", PERSONAL.strip().splitlines())
def test_personal_data_are_found_in_an_answer(line: str) -> None:
    what, _, answer = line.partition(": ")
    assert [piece.what for piece in pieces_in(answer, is_answer=True)] == [what]


@pytest.mark.parametrize("answer", ORDINARY.strip().splitlines())
def test_an_ordinary_answer_is_passed_over(answer: str) -> None:
    assert not list(pieces_in(answer, is_answer=True))


def test_in_a_report_a_hall_has_a_postcode_and_a_street_is_no_home() -> None:
    for said in ("St Mary's Church, LU1 3JF", "The lamp at 14 Kings Road is out."):
        assert not list(pieces_in(said))
    for said in ("Mo's is LU1 3JF", "Mo lives at 14 Kings Road."):
        assert list(pieces_in(said))
