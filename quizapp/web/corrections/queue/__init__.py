"""The one queue: everything that waits for a teacher, whatever part of the app it comes from."""
