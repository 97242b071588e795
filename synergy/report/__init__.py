"""One plain summary, rendered as HTML, Markdown and JSON."""
