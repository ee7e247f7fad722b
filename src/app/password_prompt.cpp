#include "app/password_prompt.hpp"

#include <termios.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

namespace pixelvault::app {

namespace {

/// While it lives, the terminal does not show what is typed.
class HiddenInput {
 public:
  HiddenInput() {
    termios hidden{};
    if (::tcgetattr(STDIN_FILENO, &shown_) != 0) return;
    hidden = shown_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;
  ~HiddenInput() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown_);
  }

 private:
  termios shown_{};
  bool changed_ = false;
};

std::string read_line() {
  std::string line;
  std::getline(std::cin, line);
  return line;
}

}  // namespace

std::string ask_password() {
  if (::isatty(STDIN_FILENO) == 0) return read_line();
  std::fputs("Password: ", stderr);
  const HiddenInput hidden;
  auto password = read_line();
  std::fputs("\n", stderr);
  return password;
}

}  // namespace pixelvault::app
