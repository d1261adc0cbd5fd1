// Written by hand: triggers, which TypeORM does not know. It needs the tables of the generated migrations before it.

/** The tables to which the indexer only adds rows: nothing but a rollback of blocks deletes from them. */
const LEDGER = ['transfer', 'burn', 'stake', 'reward', 'treasury_flow', 'price', 'upgrade', 'snapshot', 'invariant_break']

module.exports = class Live1795300713937 {
  name = 'Live1795300713937'

  async up(db) {
    // The SDK's own tables, word for word as it makes them where they are missing: every transaction of its database ends with an
    // update of status, also one that only undoes blocks or makes them final.
    await db.query(`CREATE SCHEMA IF NOT EXISTS squid_processor`)
    await db.query(`CREATE TABLE IF NOT EXISTS squid_processor.status (id int4 primary key, height int4 not null, hash text DEFAULT '0x', nonce int4 DEFAULT 0)`)
    await db.query(`CREATE TABLE IF NOT EXISTS squid_processor.hot_block (height int4 primary key, hash text not null)`)

    // What took the place of a block is kept with it as soon as it is indexed, once. What nothing took the place of is in an index.
    await db.query(`
      CREATE FUNCTION note_replacement(number int, hash text, "timestamp" timestamptz) RETURNS void LANGUAGE sql SET search_path FROM CURRENT AS $$
        UPDATE correction SET replacement_hash = $2, replacement_timestamp = $3 WHERE replacement_hash IS NULL AND block_number = $1
      $$`)

    // A block is taken back when the head goes down. The lowest that it goes in a transaction is what both chains have in common.
    // Going up it stands at each block that is not final, also at those without events, which no other table has the time of.
    await db.query(`
      CREATE FUNCTION follow_head() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      BEGIN
        IF TG_OP = 'DELETE' THEN
          PERFORM set_config('ashao.base_block', '-1', true);
        ELSIF TG_OP = 'UPDATE' AND NEW.block_number < OLD.block_number THEN
          PERFORM set_config('ashao.base_block', least(NEW.block_number, nullif(current_setting('ashao.base_block', true), '')::int)::text, true);
        ELSE
          PERFORM note_replacement(NEW.block_number, NEW.hash, NEW.timestamp);
        END IF;
        RETURN NULL;
      END $$`)
    await db.query(`CREATE TRIGGER follow_head AFTER INSERT OR UPDATE OR DELETE ON head FOR EACH ROW EXECUTE FUNCTION follow_head()`)

    // There is one writer, so ids that go on from the newest row are in the order of commits.
    await db.query(`
      CREATE FUNCTION keep_taken_back() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT SET timezone TO 'UTC' AS $$
      BEGIN
        INSERT INTO correction (id, entity, row_id, block_number, block_hash, block_timestamp, base_block, content, taken_back_at)
        VALUES (
          lpad((coalesce((SELECT id::bigint FROM correction ORDER BY id DESC LIMIT 1), 0) + 1)::text, 16, '0'),
          upper(TG_TABLE_NAME),
          OLD.id,
          OLD.block_number,
          coalesce(
            to_jsonb(OLD) ->> 'hash',
            (SELECT hash FROM squid_processor.hot_block WHERE height = OLD.block_number),
            (SELECT hash FROM snapshot WHERE id = lpad(OLD.block_number::text, 10, '0'))
          ),
          OLD.timestamp,
          OLD.block_number - 1,
          (SELECT json_object_agg(key, value ORDER BY place)
           FROM json_each_text(row_to_json(OLD)) WITH ORDINALITY AS columns(key, value, place)),
          now()
        );
        RETURN NULL;
      END $$`)
    for (const table of LEDGER) {
      await db.query(`CREATE TRIGGER keep_taken_back AFTER DELETE ON "${table}" FOR EACH ROW EXECUTE FUNCTION keep_taken_back()`)
    }

    // PostgreSQL tells listeners when, and only if, the transaction commits.
    await db.query(`
      CREATE FUNCTION announce_commit() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      BEGIN
        PERFORM pg_notify('ashao_commit', coalesce((SELECT block_number::text FROM head), ''));
        RETURN NULL;
      END $$`)
    // Blocks that came back in the same transaction were never gone for anybody, and nothing below them was.
    await db.query(`
      CREATE FUNCTION settle_taken_back() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
      DECLARE
        base int := nullif(current_setting('ashao.base_block', true), '')::int;
      BEGIN
        IF base IS NOT NULL THEN
          SELECT greatest(base, max(block_number)) INTO base FROM correction
          WHERE taken_back_at = now() AND EXISTS (
            SELECT FROM snapshot
            WHERE snapshot.id = lpad(correction.block_number::text, 10, '0') AND snapshot.hash = correction.block_hash
          );
          DELETE FROM correction WHERE taken_back_at = now() AND block_number <= base;
          UPDATE correction SET base_block = base WHERE taken_back_at = now();
        END IF;
        -- Final blocks are written in bulk, and the head goes over them at once; those up to the old status were there before.
        PERFORM note_replacement(missing.block_number, snapshot.hash, snapshot.timestamp)
        FROM (SELECT DISTINCT block_number FROM correction WHERE replacement_hash IS NULL AND block_number > OLD.height) missing
        JOIN snapshot ON snapshot.id = lpad(missing.block_number::text, 10, '0');
        RETURN NULL;
      END $$`)
    await db.query(`CREATE TRIGGER settle_taken_back AFTER UPDATE ON squid_processor.status FOR EACH ROW EXECUTE FUNCTION settle_taken_back()`)
    await db.query(`CREATE TRIGGER announce_commit AFTER UPDATE ON squid_processor.status FOR EACH ROW EXECUTE FUNCTION announce_commit()`)
    // It changes answers, too, and can come long after the last block.
    await db.query(`CREATE TRIGGER announce_commit AFTER INSERT ON reconciliation FOR EACH STATEMENT EXECUTE FUNCTION announce_commit()`)
  }

  async down(db) {
    await db.query(`DROP FUNCTION announce_commit() CASCADE`)
    await db.query(`DROP FUNCTION settle_taken_back() CASCADE`)
    await db.query(`DROP FUNCTION keep_taken_back() CASCADE`)
    await db.query(`DROP FUNCTION follow_head() CASCADE`)
    await db.query(`DROP FUNCTION note_replacement(int, text, timestamptz)`)
  }
}
