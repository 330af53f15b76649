"""What pages of several rooms show or take in: changes, codes, numbers, parts that other rooms offer."""
