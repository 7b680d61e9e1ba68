// RUN: %expect %s
// A wait with a time limit that nobody has answered tells nothing.
#include <heddle/heddle.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

struct Letter {
  std::string text;
  bool is_here = false;
  std::mutex mu;
  std::condition_variable arrived;
};

std::string Fetch(int box);
void Note(const std::string& text);

std::string Ask(int box, std::chrono::milliseconds patience) {
  Letter letter;  // note: "'letter' is declared here"
  std::thread postman([&letter, box] {  // want: dangling-capture "uses 'letter"
    std::string text = Fetch(box);
    std::lock_guard hold(letter.mu);
    letter.text = text;
    letter.is_here = true;
    letter.arrived.notify_all();
  });
  postman.detach();
  std::unique_lock hold(letter.mu);
  if (letter.arrived.wait_for(hold, patience, [&letter] { return letter.is_here; }))
    return letter.text;
  return "no post";
}

// What it was ready for has no part in it.
std::string AskUntil(int box, std::chrono::steady_clock::time_point closing) {
  Letter letter;
  std::thread([&letter, box] {  // want: dangling-capture "uses 'letter"
    std::string text = Fetch(box);
    std::lock_guard hold(letter.mu);
    letter.text = text;
    letter.is_here = true;
    letter.arrived.notify_all();
  }).detach();
  std::unique_lock hold(letter.mu);
  const bool came =
      letter.arrived.wait_until(hold, closing, [&letter] { return letter.is_here; });
  if (!came) Note("closed");
  return came ? letter.text : std::string();
}

// It asks again until there is an answer.
std::string AskAgain(int box, std::chrono::milliseconds patience) {
  Letter letter;
  std::thread([&letter, box] {
    std::string text = Fetch(box);
    std::lock_guard hold(letter.mu);
    letter.text = text;
    letter.is_here = true;
    letter.arrived.notify_all();
  }).detach();
  std::unique_lock hold(letter.mu);
  while (!letter.arrived.wait_for(hold, patience, [&letter] { return letter.is_here; }))
    Note("still waiting");
  return letter.text;
}

// First a while, then as long as it takes.
std::string AskTwice(int box, std::chrono::milliseconds patience) {
  Letter letter;
  std::thread([&letter, box] {
    std::string text = Fetch(box);
    std::lock_guard hold(letter.mu);
    letter.text = text;
    letter.is_here = true;
    letter.arrived.notify_all();
  }).detach();
  std::unique_lock hold(letter.mu);
  auto is_here = [&letter] { return letter.is_here; };
  if (!letter.arrived.wait_for(hold, patience, is_here)) {
    Note("still waiting");
    letter.arrived.wait(hold, is_here);
  }
  return letter.text;
}

// The thread is joined, answer or not.
std::string AskAndJoin(int box, std::chrono::milliseconds patience) {
  Letter letter;
  std::thread postman([&letter, box] {
    std::string text = Fetch(box);
    std::lock_guard hold(letter.mu);
    letter.text = text;
    letter.is_here = true;
    letter.arrived.notify_all();
  });
  bool came = false;
  {
    std::unique_lock hold(letter.mu);
    came = letter.arrived.wait_for(hold, patience, [&letter] { return letter.is_here; });
  }
  postman.join();
  return came ? letter.text : "late: " + letter.text;
}

// The letter is the thread's too.
std::string AskShared(int box, std::chrono::milliseconds patience) {
  auto letter = std::make_shared<Letter>();
  std::thread([letter, box] {
    std::string text = Fetch(box);
    std::lock_guard hold(letter->mu);
    letter->text = text;
    letter->is_here = true;
    letter->arrived.notify_all();
  }).detach();
  std::unique_lock hold(letter->mu);
  if (!letter->arrived.wait_for(hold, patience, [&letter] { return letter->is_here; }))
    return "no post";
  return letter->text;
}
