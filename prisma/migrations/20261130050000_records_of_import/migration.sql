-- The record that a line made or met. Its id only, which names nobody once the person is erased.
ALTER TABLE "import_row" ADD COLUMN "record_id" INTEGER;
