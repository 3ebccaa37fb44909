"""What was promised, what was done, and who says so: plans, versions of commitments, readings, bodies and their sessions.

Nothing is read or written here.

`plan` holds the words; `changes` and `scope` compare two versions; `readings`, `progress`, `compliance` and `membership` judge;
`bodies` tells who sits where and whether enough were there; `sessions` lays reports out; `exchange` turns plans into tables and
back.
"""
