"""Certificates: a finished module on paper, with an address where anybody can see that it holds."""
