// Each test/models/Inputs/*.yaml is malformed in one way and says in its first
// lines what is to be reported: "# error: LINE:COL: text".
#include "models/ModelFile.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"

using namespace heddle::models;

namespace {

std::vector<std::string> inputs() {
  std::vector<std::string> Paths;
  std::error_code EC;
  for (llvm::sys::fs::directory_iterator It(HEDDLE_TEST_INPUTS, EC), End;
       !EC && It != End; It.increment(EC))
    Paths.push_back(It->path());
  std::sort(Paths.begin(), Paths.end());
  return Paths;
}

class Malformed : public testing::TestWithParam<std::string> {};

TEST_P(Malformed, IsReportedAndAddsNothing) {
  auto Buffer = llvm::MemoryBuffer::getFile(GetParam());
  ASSERT_TRUE(Buffer);
  std::string Wanted;
  llvm::StringRef Rest = (*Buffer)->getBuffer();
  for (auto [Line, Tail] = Rest.split('\n'); Line.consume_front("# error: ");
       std::tie(Line, Tail) = Tail.split('\n'))
    Wanted += (Wanted.empty() ? "" : "\n") + (GetParam() + ":") + Line.str();
  ASSERT_FALSE(Wanted.empty()) << "the input does not say its error";

  Model M;
  llvm::Error E = readModel((*Buffer)->getMemBufferRef(), M);
  EXPECT_EQ(llvm::toString(std::move(E)), Wanted);
  EXPECT_TRUE(M.calls("good").empty());
  EXPECT_EQ(M.type("good"), nullptr);
}

INSTANTIATE_TEST_SUITE_P(ModelFile, Malformed, testing::ValuesIn(inputs()),
                         [](const testing::TestParamInfo<std::string> &Info) {
                           std::string Name =
                               llvm::sys::path::stem(Info.param).str();
                           std::replace(Name.begin(), Name.end(), '-', '_');
                           return Name;
                         });

TEST(ModelFileTest, ListsOfNamesAreOneRowEach) {
  Model M;
  llvm::MemoryBufferRef Text("heddle-model: 1\n"
                             "calls:\n"
                             "  - name: [f, g]\n"
                             "    op: lock\n"
                             "    mode: shared\n"
                             "    object: arg 2\n"
                             "    arity: 3\n"
                             "types:\n"
                             "  - {name: T, class: lock, is: [recursive]}\n",
                             "m.yaml");
  EXPECT_EQ(llvm::toString(readModel(Text, M)), "");
  ASSERT_EQ(M.calls("f").size(), 1u);
  ASSERT_EQ(M.calls("g").size(), 1u);
  EXPECT_EQ(M.calls("g")[0].Object.K, Role::Kind::Arg);
  EXPECT_EQ(M.calls("g")[0].Object.Index, 2);
  EXPECT_EQ(M.calls("g")[0].Arity, 3u);
  ASSERT_NE(M.type("T"), nullptr);
  EXPECT_TRUE(M.type("T")->IsRecursive);
}

} // namespace
