// Lays phrases out with d3-cloud at the largest scale at which none is lost, and prints where they are.
// Reads {width, height, font, phrases: [[text, count]], bisect} from standard input.
import { readFileSync } from "node:fs";
import { createCanvas, GlobalFonts } from "@napi-rs/canvas";
import cloud from "d3-cloud";

const { width, height, font, phrases, bisect } = JSON.parse(readFileSync(0, "utf8"));
GlobalFonts.registerFromPath(font, "Phrases");
const most = phrases[0][1];

function layOut(scale) {
  let state = 7; // its own places are by lot: let the lot be the same each time
  const lot = () => (state = (state * 16807) % 2147483647) / 2147483647;
  return new Promise((done) => {
    cloud()
      .size([width, height])
      .canvas(() => createCanvas(1, 1))
      .words(phrases.map(([text, count]) => ({ text, count })))
      .font("Phrases").fontWeight("normal").rotate(0).padding(2).random(lot)
      .fontSize((word) => scale * Math.sqrt(word.count / most))
      .on("end", (words) => done({ scale, words }))
      .start();
  });
}

let best = await layOut(height / 14);
if (bisect) {
  let low = 4, high = height / 3;
  best = await layOut(low);
  while (high / low > 1.02) {
    const middle = Math.sqrt(low * high);
    const found = await layOut(middle);
    if (found.words.length === phrases.length) [low, best] = [middle, found];
    else high = middle;
  }
}
console.log(JSON.stringify(best.words.map(({ text, size, x, y }) => ({ text, size, x, y }))));
