"""What is wrong inside tables: one file a kind, `registry.py` lists them, `view.py` is what they see."""
