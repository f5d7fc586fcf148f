"""Mail that brings people back: what is due for learners, Monday's for leads, and a lead's own words."""
