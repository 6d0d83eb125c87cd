# Everything is in setup.cfg; pip and build look for this file or for a pyproject.toml before they call it a project.
from setuptools import setup

setup()
