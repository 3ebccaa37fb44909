"""Pages of following and of letters that are held."""
