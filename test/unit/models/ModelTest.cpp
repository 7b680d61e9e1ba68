#include "models/Model.h"
#include "models/ModelFile.h"
#include "gtest/gtest.h"

using namespace heddle;
using namespace heddle::models;

namespace {

TEST(ModelTest, NamespacesEndAtAColon) {
  Model M;
  M.addNamespace("std");
  EXPECT_TRUE(M.ownsNamespace("std"));
  EXPECT_TRUE(M.ownsNamespace("std::mutex"));
  EXPECT_FALSE(M.ownsNamespace("stdx::mutex"));
  EXPECT_FALSE(M.ownsNamespace("my::std"));
}

TEST(ModelTest, ALaterFileComesFirst) {
  Model M, Later;
  CallRow Row;
  Row.Name = "f";
  Row.Op = ir::OpKind::Lock;
  M.add(Row);
  Row.Op = ir::OpKind::Unlock;
  M.add(Row);
  Row.Op = ir::OpKind::Sleep;
  Later.add(Row);
  M.overrideWith(Later);
  ASSERT_EQ(M.calls("f").size(), 3u);
  EXPECT_EQ(M.calls("f")[0].Op, ir::OpKind::Sleep);
  EXPECT_EQ(M.calls("f")[1].Op, ir::OpKind::Lock);
  EXPECT_EQ(M.calls("f")[2].Op, ir::OpKind::Unlock);
  EXPECT_TRUE(M.calls("g").empty());
}

TEST(BuiltinModelTest, Heddle) {
  const Model &M = builtinModel();
  // The first is with options.
  ASSERT_EQ(M.calls("heddle::go").size(), 2u);
  const CallRow &Go = M.calls("heddle::go")[1];
  EXPECT_EQ(Go.Op, ir::OpKind::Spawn);
  EXPECT_EQ(Go.Callable.K, Role::Kind::Arg);
  EXPECT_EQ(Go.Args.K, Role::Kind::Rest);
  EXPECT_EQ(Go.Args.Index, 1);
  const CallRow &Counted = M.calls("heddle::WaitGroup::Go")[0];
  EXPECT_TRUE(Counted.Counted);
  EXPECT_EQ(Counted.Other.K, Role::Kind::This);
  EXPECT_EQ(M.calls("heddle::RWMutex::RLock")[0].How, ir::Mode::Shared);
  EXPECT_EQ(M.calls("heddle::Channel::Nil")[0].How, ir::Mode::Nil);
  EXPECT_EQ(M.calls("heddle::OnSend")[0].CaseKind, ir::SelectCase::Kind::Send);
  ASSERT_NE(M.type("heddle::Channel"), nullptr);
  EXPECT_TRUE(M.type("heddle::Channel")->IsHandle);
  EXPECT_TRUE(M.type("heddle::Defer")->RunsAtEnd);
  EXPECT_TRUE(M.ownsNamespace("heddle::internal::park"));
}

TEST(BuiltinModelTest, Std) {
  const Model &M = builtinModel();
  EXPECT_EQ(M.calls("std::mutex::lock")[0].Op, ir::OpKind::Lock);
  EXPECT_TRUE(M.type("std::recursive_mutex")->IsRecursive);
  EXPECT_TRUE(M.type("std::jthread")->JoinsAtEnd);
  EXPECT_TRUE(M.type("std::unique_ptr")->OwnsReferent);
  EXPECT_EQ(M.type("std::nothing"), nullptr);
  // The tags of unique_lock come before the plain rows.
  llvm::ArrayRef<CallRow> Rows = M.calls("std::unique_lock::unique_lock");
  ASSERT_EQ(Rows.size(), 6u);
  EXPECT_EQ(Rows[0].WithTag, "std::adopt_lock_t");
  EXPECT_EQ(Rows[0].Guard, ir::GuardMode::Adopt);
  EXPECT_EQ(Rows[4].Arity, 1u);
  EXPECT_EQ(Rows[4].Guard, ir::GuardMode::Acquire);
}

} // namespace
