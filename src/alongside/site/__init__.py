"""The site: settings, addresses, page chrome, error pages and the command line."""
