"""Where an archive keeps its minutes: paths, meetings held, the template, and what is wrong. Pure."""
