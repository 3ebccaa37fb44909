"""What was promised, what was done, and who says so: plans, versions of commitments, readings, sessions.

Nothing is read or written here.

`plan` holds the words; `changes` and `scope` compare two versions; `readings`, `progress` and `compliance` judge; `sessions` lays
reports out; `exchange` turns plans into tables and back.
"""
