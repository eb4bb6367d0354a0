-- On H2 a trigger is a Java class. Nothing in the catalogue says what it writes, so the program
-- declares that in the setting larder.functions.

create trigger stock_changed after update on stock
for each row call 'dev.larder.examples.bookshop.StockTrigger'
