// Rows like those of images, in SQLite as the server uses it (WAL, synchronous=FULL), one
// transaction a batch. Owns the database; one thread.
#pragma once

#include <filesystem>
#include <memory>
#include <span>

#include "load/disk/segment.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace pixelvault::bench {

class RowLog {
 public:
  explicit RowLog(const std::filesystem::path& file);

  /// Stores a row a blob; returns when all are durable.
  void insert(std::span<const Blob> blobs, std::span<const Place> places);

 private:
  struct Close {
    void operator()(sqlite3* database) const;
    void operator()(sqlite3_stmt* statement) const;
  };

  void execute(const char* sql);
  void insert_one(const Blob& blob, const Place& place);

  std::unique_ptr<sqlite3, Close> database_;
  std::unique_ptr<sqlite3_stmt, Close> insert_;
};

}  // namespace pixelvault::bench
