"""What a text says: dates, people, actions, decisions, headings, links."""
