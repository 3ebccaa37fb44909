"""What machines read: an API in CKAN's style, a JSON API, feeds, badges, linked data, and where to find them."""
