"""Read a text: dates, people, actions, decisions, headings, links."""
