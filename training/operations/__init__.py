"""Starting the site and keeping it well. For whoever runs it."""
