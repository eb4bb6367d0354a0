package dev.larder.examples.bookshop;

import java.util.SplittableRandom;

/** Makes up people, titles and places. Holds no state; safe for use by several threads. */
final class Names {
  private static final String[] FIRST =
      words(
          "Ada Alice Amir Anna Beatriz Carlos Chidi Clara Daniel Elena Emeka Emil Farah Felix Grace"
              + " Hana Hugo Ines Ivan Jonas Julia Kenji Lea Liam Lucia Marek Maria Mei Milan Nadia"
              + " Noah Nora Olga Omar Paula Petra Rafael Rosa Samir Sofia Tomas Uma Vera Viktor"
              + " Wanda Yusuf Zofia Zora");
  private static final String[] LAST =
      words(
          "Abbott Aguilar Andersson Baker Bauer Bianchi Carter Castro Chen Cohen Costa Dubois Eriksen"
              + " Farrell Ferrari Fischer Garcia Gupta Haddad Hansen Hayashi Horvat Ibrahim Ito Jansen"
              + " Kaya Keller Khan Kim Kowalski Larsen Laurent Lopez Mbeki Meyer Moreau Murphy Nguyen"
              + " Novak Okafor Olsen Park Pereira Petrov Popescu Quinn Rossi Sato Schmidt Silva Suzuki"
              + " Takahashi Vargas Virtanen Walsh Weber Yamada Zhang");
  private static final String[] ADJECTIVE =
      words(
          "Amber Bitter Borrowed Broken Crooked Distant Drowned Early Empty Familiar Fearless Forgotten"
              + " Gentle Glass Golden Hidden Hollow Honest Invisible Iron Last Little Lost Narrow"
              + " Northern Paper Patient Quiet Restless Salt Second Secret Silver Slow Stolen Tender"
              + " Unfinished Velvet Wandering Wild Winter Wooden");
  private static final String[] NOUN =
      words(
          "Almanac Archive Atlas Beekeeper Bridge Cartographer Clockmaker Country Daughter Echo Ferry"
              + " Garden Glacier Gospel Harbour House Inheritance Island Kitchen Lantern Letter Library"
              + " Lighthouse Map Meadow Mirror Mountain Night Notebook Observatory Orchard Pantry"
              + " Pilgrim River Season Shore Station Stranger Theatre Tide Translator Voyage Winter"
              + " Witness");
  private static final String[] CITY =
      words(
          "Aarhus Antwerp Bergen Bologna Boston Brno Coimbra Cork Dakar Dublin Edinburgh Ghent Girona"
              + " Graz Haifa Kyoto Leeds Leipzig Lima Lisbon Lyon Malmo Mumbai Nairobi Nantes Osaka"
              + " Oslo Porto Quito Riga Seville Tartu Toronto Trieste Turku Utrecht Vilnius Warsaw"
              + " Zadar Zurich");
  private static final String[] STREET =
      words(
          "Abbey Bakery Bell Birch Bridge Canal Castle Chapel Cherry Church Garden Harbour Hill King"
              + " Lime Linden Market Meadow Mill Orchard Park Priory Queen River School Station Tanner"
              + " Temple Tower Wharf");
  private static final String[] SUBJECT =
      phrases(
          "Crime|Poetry|Travel|Cookery|History|Short stories|Science|Gardening|Biography|Drama|Art"
              + "|Music|Philosophy|Languages|Nature|Children|Fantasy|Science fiction|Romance|Essays"
              + "|Economics|Politics|Law|Medicine|Mathematics|Computing|Architecture|Photography"
              + "|Film|Sport|Crafts|Maps|Religion|Myths|Comics|Letters|Sailing|Mountains|Classics"
              + "|Young adult");
  private static final String[] PRAISE =
      phrases(
          "Could not put it down.|Read it twice in a week.|Slow to start, then it flies.|A present"
              + " that was kept.|The ending divides our club.|Better than the film.|Too long by a"
              + " third.|Beautifully made and beautifully sad.|Not for me, but my father loved"
              + " it.|I laughed on the train.|The map alone is worth it.|Read it before you travel.");

  private Names() {}

  static String person(SplittableRandom random) {
    return pick(FIRST, random) + " " + pick(LAST, random);
  }

  static String publisher(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> pick(LAST, random) + " & " + pick(LAST, random);
      case 1 -> pick(ADJECTIVE, random) + " " + pick(NOUN, random) + " Press";
      default -> pick(CITY, random) + " University Press";
    };
  }

  static String title(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> "The " + pick(ADJECTIVE, random) + " " + pick(NOUN, random);
      case 1 -> "A " + pick(NOUN, random) + " in " + pick(CITY, random);
      case 2 -> "The " + pick(NOUN, random) + "'s " + pick(NOUN, random);
      case 3 ->
          pick(ADJECTIVE, random)
              + " "
              + pick(NOUN, random)
              + ", "
              + pick(ADJECTIVE, random)
              + " "
              + pick(NOUN, random);
      default -> "The " + pick(NOUN, random) + " of " + pick(CITY, random);
    };
  }

  static String category(int number) {
    String subject = SUBJECT[number % SUBJECT.length];
    return number < SUBJECT.length ? subject : subject + ", room " + (1 + number / SUBJECT.length);
  }

  static String city(SplittableRandom random) {
    return pick(CITY, random);
  }

  static String street(SplittableRandom random) {
    return (1 + random.nextInt(180)) + " " + pick(STREET, random) + " Street";
  }

  static String opinion(SplittableRandom random) {
    return pick(PRAISE, random);
  }

  private static String pick(String[] from, SplittableRandom random) {
    return from[random.nextInt(from.length)];
  }

  private static String[] words(String text) {
    return text.split(" ", -1);
  }

  private static String[] phrases(String text) {
    return text.split("\\|", -1);
  }
}
