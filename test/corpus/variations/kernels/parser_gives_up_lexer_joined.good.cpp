// What: A parser stops parsing at the first error and reads on to the end of the tokens before it joins the lexer.
// Run: clean
#include <heddle/heddle.h>

#include <cctype>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>

struct Token {
  enum class Kind { kNumber, kPlus, kBad } kind;
  int value = 0;
};

class Lexer {
 public:
  explicit Lexer(std::string text) : text_(std::move(text)) {
    task_.Go(&Lexer::Lex, this);
  }
  ~Lexer() {
    task_.Wait();
  }

  std::optional<Token> Next() { return tokens_.Recv(); }

 private:
  void Lex() {
    HEDDLE_DEFER(tokens_.Close());
    for (char c : text_) {
      if (std::isdigit(static_cast<unsigned char>(c))) {
        Emit({Token::Kind::kNumber, c - '0'});
      } else {
        Emit({c == '+' ? Token::Kind::kPlus : Token::Kind::kBad, c});
      }
    }
  }

  void Emit(Token token) { tokens_.Send(token); }

  const std::string text_;
  heddle::Channel<Token> tokens_;
  heddle::WaitGroup task_;
};

std::optional<int> Sum(const std::string& text) {
  Lexer lexer(text);
  int sum = 0;
  bool valid = true;
  while (std::optional<Token> token = lexer.Next()) {
    switch (token->kind) {
      case Token::Kind::kNumber:
        sum += token->value;
        break;
      case Token::Kind::kPlus:
        break;
      case Token::Kind::kBad:
        valid = false;
        break;
    }
  }
  return valid ? std::optional<int>(sum) : std::nullopt;
}

int main() {
  for (const char* text : {"1+2+3", "4+x+5"}) {
    const std::optional<int> sum = Sum(text);
    if (sum) {
      std::printf("%s is %d\n", text, *sum);
    } else {
      std::printf("%s is wrong\n", text);
    }
  }
}
