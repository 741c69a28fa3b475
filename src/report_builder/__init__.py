"""Build an event's report, briefing and poster from one folder of content."""
