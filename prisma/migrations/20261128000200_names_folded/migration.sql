-- One folding for the browser and the database: resources/shared/fold.ts says the same, and a test compares
-- the two. Every script keeps its own folded form; nothing here depends on the locale of the database.

DROP INDEX "probationer_identity";
DROP INDEX "probationer_same_identity";
DROP INDEX "probationer_scope_and_search";
DROP INDEX "city_name_search";

CREATE OR REPLACE FUNCTION fold_text(input text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  folded text := input;
BEGIN
  IF octet_length(folded) > char_length(folded) THEN
    -- Accents, vowel points, invisible signs.
    folded := regexp_replace(normalize(folded, NFKD) COLLATE "C",
      '['
      '\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c'
      '\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08ca-\u08e1'
      '\u08e3-\u08ff\u115f\u1160\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e'
      '\u2060-\u206f\u20d0-\u20ff\u2de0-\u2dff\ua66f-\ua67d\ufe00-\ufe0f\ufe20-\ufe2f\ufeff'
      '\U000e0000-\U000e01ef'
      ']', '', 'g');
    IF octet_length(folded) > char_length(folded) THEN
      -- Small letters, then stand-ins. Written out: what lower() knows depends on the library it runs on.
      folded := lower(translate(folded,
        'ÆÐØÞĐĦŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧ'
        'ΨΩϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘҚҜҞҠҢҤ'
        'ҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ'
        'ႠႡႢႣႤႥႦႧႨႩႪႫႬႭႮႯႰႱႲႳႴႵႶႷႸႹႺႻႼႽႾႿჀჁჂჃჄჅჇჍᲐᲑᲒᲓᲔᲕᲖᲗᲘᲙᲚᲛᲜᲝᲞᲟᲠᲡᲢᲣᲤᲥᲦᲧᲨᲩᲪᲫᲬᲭᲮᲯᲰᲱᲲᲳᲴᲵᲶᲷᲸᲹᲺᲽᲾᲿẞ𞤀𞤁𞤂'
        '𞤃𞤄𞤅𞤆𞤇𞤈𞤉𞤊𞤋𞤌𞤍𞤎𞤏𞤐𞤑𞤒𞤓𞤔𞤕𞤖𞤗𞤘𞤙𞤚𞤛𞤜𞤝𞤞𞤟𞤠𞤡',
        'æðøþđħłŋœŧɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳαβγδεζηθικλμνξοπρστυφχ'
        'ψωϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙқҝҟҡңҥ'
        'ҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ'
        'ⴀⴁⴂⴃⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠⴡⴢⴣⴤⴥⴧⴭაბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰჱჲჳჴჵჶჷჸჹჺჽჾჿß𞤢𞤣𞤤'
        '𞤥𞤦𞤧𞤨𞤩𞤪𞤫𞤬𞤭𞤮𞤯𞤰𞤱𞤲𞤳𞤴𞤵𞤶𞤷𞤸𞤹𞤺𞤻𞤼𞤽𞤾𞤿𞥀𞥁𞥂𞥃') COLLATE "C");
      folded := replace(replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
      folded := translate(folded, 'ðđɖɗħıɨɩȷłɫøɵɔŧƭŋɲĸɓƃəǝɛƒɠɣǥƙʉʊʋƴʒƶʃςىیےةەہھٱک',
                                  'ddddhiiijllooottnnqbbeeefgggkuuvyzzsσيييههههاك');
      -- Whatever is no letter, mark nor digit of any script.
      RETURN trim(regexp_replace(normalize(folded, NFC) COLLATE "C",
        '['
        '\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7'
        '\u00f7\u02b0-\u02ff\u0375\u03f6\u0482\u055a-\u055f\u0589-\u0590\u05be\u05c0\u05c3\u05c6\u05f3-\u060f'
        '\u061b-\u061f\u066a-\u066d\u06d4\u06dd-\u06de\u06e9\u06fd-\u06fe\u0700-\u070f\u07f6-\u07f9'
        '\u07fe-\u07ff\u082e-\u083f\u085c-\u085f\u0888\u0890-\u0896\u08e2\u0964-\u0965\u0970\u09f2-\u09fb'
        '\u09fd\u0a76-\u0a80\u0af0-\u0af8\u0b70\u0b72-\u0b81\u0bf0-\u0bff\u0c70-\u0c7f\u0c84\u0d4f-\u0d53'
        '\u0d58-\u0d5e\u0d70-\u0d79\u0df4-\u0e00\u0e3b-\u0e3f\u0e4f\u0e5a-\u0e80\u0f01-\u0f17\u0f1a-\u0f1f'
        '\u0f2a-\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85\u0fbd-\u0fc5\u0fc7-\u0fff\u104a-\u104f\u109e-\u109f'
        '\u10fb\u1360-\u137f\u1390-\u139f\u13fe-\u1400\u166d-\u166e\u1680\u169b-\u169f\u16eb-\u16f0'
        '\u1735-\u173f\u17d4-\u17d6\u17d8-\u17db\u17ea-\u180a\u180e\u193c-\u1945\u19da-\u19ff\u1a1c-\u1a1f'
        '\u1a9a-\u1aa6\u1aa8-\u1aaf\u1b4d-\u1b4f\u1b5a-\u1b6a\u1b74-\u1b7f\u1bf4-\u1bff\u1c38-\u1c3f'
        '\u1c7e-\u1c7f\u1cc0-\u1ccf\u1cd3\u1ffd-\u2070\u209d-\u20cf\u2103-\u2106\u2108-\u2109\u2114'
        '\u2116-\u2118\u211e-\u2123\u2125\u2127\u2129\u212e\u213a-\u213b\u2140-\u2144\u214a-\u214d'
        '\u214f-\u2182\u2185-\u2bff\u2ce5-\u2cea\u2cf4-\u2cff\u2d70-\u2d7e\u2e00-\u2e2e\u2e30-\u3004'
        '\u3007-\u3029\u3030\u3036-\u303a\u303d-\u3040\u30a0\u30fb\u318f-\u319f\u31c0-\u31ef\u3200-\u33ff'
        '\u4dc0-\u4dff\ua48d-\ua4cf\ua4fe-\ua4ff\ua60d-\ua60f\ua673\ua67e\ua6e6-\ua6ef\ua6f2-\ua716'
        '\ua720-\ua721\ua789-\ua78a\ua828-\ua82b\ua82d-\ua83f\ua874-\ua87f\ua8c6-\ua8cf\ua8f8-\ua8fa\ua8fc'
        '\ua92e-\ua92f\ua954-\ua95f\ua9c1-\ua9ce\ua9da-\ua9df\uaa5a-\uaa5f\uaa77-\uaa79\uaade-\uaadf'
        '\uaaf0-\uaaf1\uab5b\uab6a-\uab6f\uabeb\ue000-\uf8ff\ufbb2-\ufbd2\ufd3e-\ufd4f\ufd90-\ufd91'
        '\ufdc8-\ufdef\ufdfc-\ufdff\ufe30-\ufe6f\ufefd-\uff0f\uffdd-\uffff\U0001f000-\U0001faff'
        '\U000f0000-\U0010fffd'
        ']+', ' ', 'g'));
    END IF;
  END IF;
  RETURN trim(regexp_replace(lower(folded COLLATE "C") COLLATE "C", '[^a-z0-9]+', ' ', 'g'));
END $$;

-- A letter that is not ASCII is written by its number: pg_trgm sees letters by the locale of the
-- database, and in "C" it sees none in Иванов.
CREATE FUNCTION trigram_text(folded text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
  IF octet_length(folded) = char_length(folded) THEN
    RETURN folded;
  END IF;
  RETURN (SELECT string_agg(CASE WHEN ascii(letter) < 128 THEN letter ELSE 'u' || lpad(to_hex(ascii(letter)), 5, '0') END,
                            '' ORDER BY place)
            FROM regexp_split_to_table(folded, '') WITH ORDINALITY AS letters (letter, place));
END $$;

-- ' martin dupont / zoe ': the last name, then the first, every word between spaces, so that one LIKE tells
-- a whole word from a beginning, and a last name from a first.
CREATE FUNCTION search_text_of(last_name text, first_name text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN ' ' || trigram_text(fold_text(last_name)) || ' / ' || trigram_text(fold_text(first_name)) || ' ';

CREATE OR REPLACE FUNCTION fold_probationer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_text := search_text_of(NEW.last_name, NEW.first_name);
  RETURN NEW;
END $$;
UPDATE probationer SET search_text = search_text_of(last_name, first_name);

CREATE UNIQUE INDEX "probationer_identity" ON "probationer" (fold_text(last_name), fold_text(first_name), date_of_birth) WHERE appi_number IS NULL;
CREATE INDEX "probationer_same_identity" ON "probationer" (fold_text(last_name), fold_text(first_name), date_of_birth);
CREATE INDEX "probationer_scope_and_search" ON "probationer" USING gin (following_organization_ids, search_text gin_trgm_ops);
CREATE INDEX "city_name_search" ON "city" USING gin (fold_text(name) gin_trgm_ops);

-- Agents are found the same way, by their names and the words of their address.
ALTER TABLE "agent" ADD COLUMN "search_text" TEXT NOT NULL DEFAULT '';
CREATE FUNCTION fold_agent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_text := search_text_of(NEW.last_name, NEW.first_name) || fold_text(NEW.email) || ' ';
  RETURN NEW;
END $$;
CREATE TRIGGER "agent_search_text" BEFORE INSERT OR UPDATE OF last_name, first_name, email ON "agent"
  FOR EACH ROW EXECUTE FUNCTION fold_agent();
UPDATE agent SET search_text = search_text_of(last_name, first_name) || fold_text(email) || ' ';
CREATE INDEX "agent_search" ON "agent" USING gin (search_text gin_trgm_ops);
