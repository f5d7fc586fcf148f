"""The site: `flask --app app …` and the server's entry point (`app:app`)."""

from training import create_app

app = create_app()
