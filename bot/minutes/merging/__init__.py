"""The three-way merge of the minutes that the bot makes and the changes that people made to them."""
