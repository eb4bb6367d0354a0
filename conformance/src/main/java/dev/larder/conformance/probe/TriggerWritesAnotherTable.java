package dev.larder.conformance.probe;

import static dev.larder.conformance.Story.TITLE;

import dev.larder.conformance.Probe;
import dev.larder.conformance.Story;

final class TriggerWritesAnotherTable implements Probe {

  @Override
  public String sentence() {
    return "What a trigger writes counts as written, through a chain of triggers too.";
  }

  @Override
  public void tell(Story story) throws Exception {
    story.givenBooks();
    story.given(
        "create table log (entry varchar(80))",
        "create table total (n int)",
        "insert into total values (0)");
    switch (story.product()) {
      case POSTGRESQL ->
          story.given(
              "create function note() returns trigger language plpgsql as"
                  + " $$ begin insert into log values (new.title); return new; end $$",
              "create function counted() returns trigger language plpgsql as"
                  + " $$ begin update total set n = n + 1; return new; end $$",
              "create trigger t1 after update on book for each row execute function note()",
              "create trigger t2 after insert on log for each row execute function counted()");
      case MARIADB, MYSQL ->
          story.given(
              "create trigger t1 after update on book for each row insert into log values"
                  + " (new.title)",
              "create trigger t2 after insert on log for each row update total set n = n + 1");
      case H2 ->
          story.given(
              "create trigger t1 after update on book for each row call"
                  + " 'dev.larder.conformance.probe.H2Code$Note'");
    }
    String entries = "select count(*) from log";
    String total = "select n from total";
    story.assertCached(entries);
    story.assertCached(total);
    story.through("update book set title = 'v2' where id = 1");
    story.assertRight(entries);
    story.assertRight(total);
    story.assertRight(TITLE);
  }
}
