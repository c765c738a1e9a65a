"""The tables of FocusGuard, as SQLAlchemy's declarative mapping has them."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Computed, DateTime, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {datetime: DateTime(timezone=True)}


class User(Base):
    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    username: Mapped[str]
    email: Mapped[str]
    lvl: Mapped[int]
    xp_points: Mapped[int]
    timezone: Mapped[str]
    leaderboard_visible: Mapped[bool]
    is_active: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class AuthSession(Base):
    __tablename__ = "auth_sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    current_jti: Mapped[uuid.UUID]
    previous_jti: Mapped[uuid.UUID | None]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user: Mapped[User] = relationship()


class FocusSession(Base):
    __tablename__ = "sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    duration_min: Mapped[int | None]
    status: Mapped[str]
    completed: Mapped[bool] = mapped_column(Computed("status = 'completed'"))
    focus_min: Mapped[int]
    local_date: Mapped[date]
    timezone: Mapped[str]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Plant(Base):
    __tablename__ = "garden"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("sessions.id"))
    plant_num: Mapped[int]
    plant_type: Mapped[str]
    growth_stage: Mapped[int]
    state: Mapped[str]
    created_at: Mapped[datetime]


class UserStats(Base):
    __tablename__ = "user_stats"

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"), primary_key=True)
    total_focus_min: Mapped[int]
    total_sessions: Mapped[int]
    streak_length: Mapped[int]
    best_streak: Mapped[int]
    last_focus_date: Mapped[date | None]
    updated_at: Mapped[datetime]
