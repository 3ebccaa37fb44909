"""A small catalogue in every protocol, so that one suite can ask the same of all of them."""
