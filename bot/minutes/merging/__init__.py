"""The three-way merge of the minutes that the bot makes and of what people changed."""
