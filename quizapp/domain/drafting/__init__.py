"""Drafts of questions from an article, each with the sentence that proves it, and the checks that a
draft from anyone must pass. Rules only, English first; in other languages fewer drafts come out."""
