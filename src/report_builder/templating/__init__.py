"""From an event to HTML: themes, the files a document may use, and the Jinja environment."""
