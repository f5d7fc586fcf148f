"""Where trainers look after what is taught."""
