"""What calls came to: what learners did in them, what they say back, and what must be looked at again."""
