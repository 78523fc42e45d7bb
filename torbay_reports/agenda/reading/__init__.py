"""What readers find of a meeting: the pack so far, what is new in it, and where its pages stand."""
