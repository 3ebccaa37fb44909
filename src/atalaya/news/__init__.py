"""What institutions announce: communiqués, the small safe shape of their texts, and how pasted texts are brought into it.

Nothing is read or written here.

`body` holds the shape of a text; `markup` writes it as plain text that people edit, and reads it; `pasted` takes what was copied
from a word processor or a page; `links` says which addresses may be linked to; `communique` holds a communiqué as a country pack
states it.
"""
