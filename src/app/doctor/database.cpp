#include <fmt/format.h>

#include "app/doctor/checks.hpp"

namespace pixelvault::app::doctor {

namespace {

// Ten times what the server lets it grow to before it is written back.
constexpr std::uint64_t kLargeLog = 160ULL << 20;

Diagnosis judge_schema(const adapters::sql::DatabaseFacts& facts) {
  Diagnosis schema{.check = "schema", .finding = fmt::format("version {}", facts.schema)};
  if (facts.schema == facts.known_schema) return schema;
  schema.finding += fmt::format(", this program knows {}", facts.known_schema);
  if (facts.schema < facts.known_schema) {
    schema.verdict = Verdict::Warning;
    schema.remedy = "Start the server: it brings the schema up to date. Make a backup before.";
  } else {
    schema.verdict = Verdict::Failure;
    schema.remedy = "Start the newer program that has written it, or restore a backup.";
  }
  return schema;
}

Diagnosis judge_journal(const std::string& mode) {
  if (mode == "wal") return {.check = "journal", .finding = "write-ahead log, synced at commits"};
  return {.check = "journal",
          .verdict = Verdict::Warning,
          .finding = "the journal mode is " + mode,
          .remedy = "Start the server: it sets the write-ahead log, or says why it cannot."};
}

Diagnosis judge_integrity(const std::string& complaint) {
  if (complaint.empty()) return {.check = "database", .finding = "opens and is sound"};
  return {.check = "database",
          .verdict = Verdict::Failure,
          .finding = complaint,
          .remedy = "Stop the server, keep the files, and restore the newest backup."};
}

}  // namespace

Diagnoses judge_database(const adapters::sql::DatabaseFacts& facts) {
  return {judge_integrity(facts.complaint), judge_schema(facts), judge_journal(facts.journal_mode)};
}

Diagnosis judge_log(std::uint64_t bytes) {
  Diagnosis log{.check = "write-ahead log", .finding = fmt::format("{} KB", bytes >> 10)};
  if (bytes <= kLargeLog) return log;
  log.verdict = Verdict::Warning;
  log.remedy =
      "Something reads the database without end: look for a forgotten program that has it open.";
  return log;
}

Diagnoses check_database(const Config& config, bool deep) {
  using adapters::sql::Inspection;
  const auto file = config.data / "pixelvault.db";
  if (!std::filesystem::exists(file)) {
    return {{.check = "database",
             .verdict = Verdict::Failure,
             .finding = "there is none in '" + config.data.string() + "'",
             .remedy = "Name the data folder of the server, or start the server once."}};
  }
  try {
    auto found =
        judge_database(adapters::sql::inspect(file, deep ? Inspection::Deep : Inspection::Quick));
    std::error_code missing;
    const auto log = std::filesystem::file_size(file.string() + "-wal", missing);
    found.push_back(judge_log(missing ? 0 : log));
    return found;
  } catch (const std::exception& error) {
    return {{.check = "database",
             .verdict = Verdict::Failure,
             .finding = error.what(),
             .remedy = "Run this as the user of the server; if that is so, restore a backup."}};
  }
}

}  // namespace pixelvault::app::doctor
