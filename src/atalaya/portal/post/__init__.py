"""What the portal writes to people: letters that go once, what they follow, and the contacts of posts."""
