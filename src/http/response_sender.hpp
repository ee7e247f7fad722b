// Sends one response: head and small body in one system call, files from the page cache, pulled
// bodies as they come. `begin` does what can be done at once, which is all of it most often;
// `finish` waits for the client and for disks. Belongs to the session of the connection.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/connection.hpp"
#include "http/file_reads.hpp"
#include "http/message.hpp"
#include "http/response_header.hpp"

namespace pixelvault::http {

class ResponseSender {
 public:
  struct Form {
    Envelope envelope{};
    bool head_only = false;  ///< the answer to HEAD
  };
  enum class Progress { Done, Failed, Waiting };

  /// `out` is a buffer to work in; response and buffer must outlive the sender.
  ResponseSender(Connection& connection, FileReads& files, std::string& out,
                 const Response& response, Form form);

  Progress begin();
  /// Whether `finish` must follow.
  bool is_waiting() const { return waiting_; }
  /// Whether all of it went out.
  base::task<bool> finish();

  /// Of the body, into the kernel; of a text that was cut, 0.
  std::uint64_t body_bytes_sent() const { return body_bytes_sent_; }

 private:
  /// Files up to this size are copied behind the head; above it copying costs more than a second
  /// system call.
  static constexpr std::uint64_t kCopied = 16UL * 1024;
  /// One connection sends at most so much of a file before the others have their turn.
  static constexpr std::uint64_t kFileTurn = 1024UL * 1024;

  Progress begin_body();
  Progress send_head(Connection::Flush flush);
  Progress begin_file();
  Progress send_file_turn();
  Progress send_cached(base::FileRegion turn);
  base::task<bool> finish_head();
  base::task<bool> finish_file();
  base::task<bool> send_pulled(base::ByteSource& source);
  /// A portion of a body, in a chunk where the framing wants one.
  base::task<bool> send_portion(base::ByteView bytes);
  void count_texts();

  Connection& connection_;
  FileReads& files_;
  std::string& out_;
  const Response& response_;
  const StreamedBody* streamed_ = nullptr;  // when there is one to send
  Form form_;
  std::array<std::string_view, 2> texts_{};  // head and text of the body: what is left of them
  std::uint64_t copied_ = 0;                 // of a file, at the end of the head's buffer
  base::FileRegion file_;                    // what is left of it
  std::uint64_t body_bytes_sent_ = 0;
  bool waiting_ = false;
};

}  // namespace pixelvault::http
