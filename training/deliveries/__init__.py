"""What became of the mail: by issue for trainers, one by one for administrators."""
