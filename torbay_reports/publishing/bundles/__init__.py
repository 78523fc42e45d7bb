"""What is published: folders of files, written once, that any web server can serve without this program."""
