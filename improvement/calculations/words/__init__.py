"""What the words of a tracker's cells say: each reader takes what is plain and says where it is not sure."""
