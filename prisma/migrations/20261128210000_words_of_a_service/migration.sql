-- Agents type how a name begins: '12/martin', '12/zoe' for each service that follows the person and each word of
-- their names. Found in this index, a name costs what the service knows of it; by its trigrams, what the country does.
CREATE FUNCTION words_of_services(services integer[], search_text text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN (SELECT array_to_tsvector(array_agg(service || '/' || word))
            FROM unnest(services) AS service, regexp_split_to_table(search_text, '[ /]+') AS word
           WHERE word <> '');
CREATE INDEX "probationer_words_of_services" ON "probationer"
  USING gin (words_of_services(following_organization_ids, search_text));
