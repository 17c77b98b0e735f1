"""Administrative divisions by GB/T 2260 and names that stand for them; each file states its sources."""
