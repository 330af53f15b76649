"""What several formats share: from answers with weights to a kind’s content, from HTML to Markdown."""
